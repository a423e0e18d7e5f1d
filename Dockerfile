FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN mkdir -p fixtures schema && npm run build && find dist -name '*.map' -delete

FROM node:24-slim
LABEL org.opencontainers.image.title="oauth-understudy" \
      org.opencontainers.image.description="A mock OAuth2 server that stands in for MailUp, tinyEmail and DottedSign" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# Mount point for scenario files. While it is empty, only the built-in scenarios exist.
RUN mkdir /fixtures
COPY package.json LICENSE ./
COPY --from=build /app/schema ./schema
COPY --from=build /app/fixtures ./fixtures
COPY --from=build /app/views ./views
COPY --from=build /app/dist ./dist

ENV NODE_ENV=production \
    UNDERSTUDY_HOST=0.0.0.0 \
    UNDERSTUDY_FIXTURES=/fixtures
# The user "node" of the base image, by number: Kubernetes can then verify that it is not root (runAsNonRoot).
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["node", "/app/dist/main.js", "healthcheck"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
