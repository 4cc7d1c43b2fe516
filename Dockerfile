# Destek in a container: `docker compose up`, or this image with a PostgreSQL of yours (DATABASE_URL, SECRET_KEY).
FROM node:24-slim
WORKDIR /destek
COPY package.json package-lock.json .npmrc ./
COPY scripts/link-node.cjs scripts/
# The browser code and the search are built below, when all is there.
RUN npm ci --ignore-scripts && node scripts/link-node.cjs
COPY . .
RUN npm run build && mkdir -p /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=60s CMD node -e "fetch('http://127.0.0.1:3000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
CMD ["bin/destek", "start"]
