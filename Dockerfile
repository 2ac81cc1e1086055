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
COPY tools/backup ./tools/backup
COPY tools/battle ./tools/battle
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production
# /healthz, /readyz and /metrics; 0 turns them and the health check off.
ENV ARENA_OPS_PORT=9464
WORKDIR /app
COPY package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Where the embedded database keeps characters when there is no DATABASE_URL.
RUN mkdir data && chown node:node data
USER node
# The event loop answers. A bot that only waits for Redis, the database or Telegram is healthy.
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 \
  CMD ["node", "-e", "const port = Number(process.env.ARENA_OPS_PORT); if (port) fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Neither npm nor the shell stays in between: SIGTERM has to reach the bot itself, which then stops in order.
CMD ["sh", "-c", "exec node $(node dist/bot/node-flags.js) dist/bot/main.js"]
