FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
COPY sandbox/package.json ./sandbox/
# Without scripts: there are no sources to build yet.
RUN npm ci --omit=dev --ignore-scripts
COPY bot ./bot
COPY domains ./domains
COPY redis ./redis
COPY database ./database
COPY resources ./resources
COPY sandbox ./sandbox
COPY tools/build ./tools/build
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Where the embedded database keeps characters when there is no DATABASE_URL.
RUN mkdir data && chown node:node data
USER node
# Neither npm nor the shell stays in between: SIGTERM has to reach the bot itself, which then stops in order.
CMD ["sh", "-c", "exec node $(node dist/bot/node-flags.js) dist/bot/main.js"]
