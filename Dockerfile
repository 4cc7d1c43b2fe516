# Destek in a container: `docker compose up`, or this image with a PostgreSQL of yours (DATABASE_URL, SECRET_KEY).
FROM node:24-slim
WORKDIR /destek
COPY package.json package-lock.json .npmrc ./
COPY scripts/link-node.cjs scripts/
# The browser code and the search are built below, when all is there.
RUN npm ci --omit=dev --ignore-scripts && node scripts/link-node.cjs
COPY . .
RUN npm run build && mkdir -p /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
# A container whose ROLES lack http listens nowhere: start it with --no-healthcheck.
HEALTHCHECK --start-period=60s CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
CMD ["bin/destek", "start"]
