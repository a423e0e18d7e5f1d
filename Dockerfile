# One file for amd64 and arm64: what is built is JavaScript, so it is built once, on the platform of the builder.
FROM --platform=$BUILDPLATFORM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN mkdir -p fixtures schema && npm run build && find dist -name '*.map' -delete

# Starts the server once, and keeps what Node compiled: later starts take a sixth less time. On another platform, for another user or
# with another version, Node ignores it.
FROM --platform=$BUILDPLATFORM gcr.io/distroless/nodejs24-debian13:nonroot AS started
WORKDIR /app/compiled
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
COPY --from=build /app/scripts/first-start.js ./
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/compiled
RUN ["/nodejs/bin/node", "first-start.js"]

# Debian's libraries and Node, without npm, a shell or a package manager.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
# Mount points for provider files and for scenario files, which WORKDIR makes. While they are empty, only what is built in exists.
WORKDIR /providers
WORKDIR /fixtures
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /app/schema ./schema
COPY --from=build /app/fixtures ./fixtures
COPY --from=build /app/providers ./providers
COPY --from=build /app/views ./views
COPY --from=build /app/dist ./dist
# Node reads files of its own user alone
COPY --from=started --chown=65532:65532 /app/compiled ./compiled

ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/app/compiled \
    UNDERSTUDY_HOST=0.0.0.0 \
    UNDERSTUDY_FIXTURES=/fixtures \
    UNDERSTUDY_PROVIDERS=/providers
# The user "nonroot" of the base image, by number: Kubernetes can then verify that it is not root (runAsNonRoot).
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["/nodejs/bin/node", "/app/dist/main.js", "healthcheck"]
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/main.js"]
CMD ["serve"]

# Last, because they differ at each build. The release says which version it is, and where it comes from.
ARG VERSION=unreleased
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="oauth-understudy" \
      org.opencontainers.image.description="A mock OAuth2 server that stands in for MailUp, tinyEmail and DottedSign" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE"
