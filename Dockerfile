# docker build -t attache . — docs/operations.md says how to run it.
FROM node:24-bookworm-slim AS build
WORKDIR /opt/attache
COPY package.json package-lock.json ./
# The Node that runs the bot is one of the packages, at the version that package.json pins.
RUN npm ci --omit=dev --no-fund --no-audit
COPY bin ./bin
COPY config ./config
COPY src ./src
COPY adapters ./adapters
COPY LICENSE ./
# What is read from config/ is compiled once, here. All that the bot writes lies in one volume.
RUN echo '{"id":1,"title":"x"}' | bin/attache classify > /dev/null && ln -s /var/lib/attache var

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends libstdc++6 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /var/lib/attache --create-home attache
COPY --from=build /opt/attache /opt/attache
COPY ops/container/attache.yaml /etc/attache/attache.yaml
WORKDIR /opt/attache
ENV HOME=/var/lib/attache
USER attache
VOLUME /var/lib/attache
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
  CMD ["node_modules/node/bin/node", "-e", "fetch('http://127.0.0.1:9464/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["bin/attache", "--config", "/etc/attache", "run"]
