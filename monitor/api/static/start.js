// Starts Swagger UI on our own description. It keeps no token, and asks no other host to validate anything.
"use strict";

window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "openapi.json",
    domNode: document.getElementById("api"),
    presets: [SwaggerUIBundle.presets.apis],
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    persistAuthorization: false,
    validatorUrl: null,
    // A key belongs to one request: each try is a new one, unless somebody typed a key to see what a repetition does.
    requestInterceptor: (request) => {
      const example = "4c1f3a2e-5b0d-4e0e-9a51-6f2f0a6f7d11";
      if (request.headers["Idempotency-Key"] === example && crypto.randomUUID) {
        request.headers["Idempotency-Key"] = crypto.randomUUID();
      }
      return request;
    },
  });
});
