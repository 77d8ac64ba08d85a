// The page of an invitation says once that it was looked at; without a script the first act says it.
const place = document.querySelector("[data-opened]");
const token = document.querySelector("meta[name=csrf-token]")?.content;
if (place && token) {
  fetch(place.dataset.opened, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
}
