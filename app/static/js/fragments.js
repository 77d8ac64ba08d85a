// Fragments through htmx: the token against forgery, pages refused with 422 shown, errors focused, scripts of the page
// wired again. Nothing is evaluated and nothing is styled inline, as the security policy asks.
import htmx from "htmx.org/dist/htmx.esm.js";
import { Idiomorph } from "idiomorph";
import { errors, say } from "./page.js";

export function fragments(wire) {
  Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true, historyCacheSize: 0, scrollBehavior: "auto" });
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ];
  htmx.defineExtension("morph", {
    isInlineSwap: (style) => style.startsWith("morph"),
    handleSwap: (style, target, fragment) => {
      if (!style.startsWith("morph")) return false;
      return Idiomorph.morph(target, fragment.children, { morphStyle: style.includes("outer") ? "outerHTML" : "innerHTML", ignoreActiveValue: true });
    },
  });
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.querySelector("meta[name=csrf-token]")?.content;
    if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:load", ({ detail }) => {
    wire(detail.elt);
    errors(detail.elt);
  });
  // What could not be done is said, and the page stays as it is; what was only read is asked for again by itself.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.requestConfig.verb === "get") return;
    const told = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
    say([...told.querySelectorAll(".oops h1, .oops .lead")].map((part) => part.textContent.trim()).join(" "));
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.elt.closest?.("form")?.removeAttribute("data-busy"));
  window.htmx = htmx;
}
