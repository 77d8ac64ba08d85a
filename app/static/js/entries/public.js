// Public pages: small helps over pages that already work. No htmx, no string of its own.
import { start } from "../page.js";
import { ranked } from "../ranked.js";
import { combos } from "../combo.js";

start();
ranked(document);
combos(document);
