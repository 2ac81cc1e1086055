FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY sandbox/package.json ./sandbox/
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json tsconfig.json ./
COPY bot ./bot
COPY domains ./domains
COPY redis ./redis
COPY database ./database
COPY resources ./resources
COPY sandbox ./sandbox
# Where the embedded database keeps characters when there is no DATABASE_URL.
RUN mkdir data && chown node:node data
USER node
# No npm in between: SIGTERM has to reach the bot itself, which then stops in order.
CMD ["node", "--import", "tsx", "bot/main.ts"]
