# The hub alone; its database is another container (docker-compose.yml).
FROM node:24-bookworm-slim AS build
WORKDIR /hub
COPY package.json package-lock.json ./
COPY bin ./bin
# Scripts are not run: no package needs one, and a prepared data folder is of no use to a hub on a server.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /hub
COPY --from=build --chown=root:root /hub /hub
RUN mkdir -p /keys && chown node:node /keys
USER node
EXPOSE 4000
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
