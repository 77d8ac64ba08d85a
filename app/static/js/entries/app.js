// Pages of those who work all day: the public helps, fragments through htmx, questions before acts, shortcuts.
import { start } from "../page.js";
import { ranked } from "../ranked.js";
import { combos } from "../combo.js";
import { confirmations } from "../confirm.js";
import { fragments } from "../fragments.js";
import { shortcuts } from "../shortcuts.js";

start();
confirmations();
shortcuts();
for (const help of [ranked, combos]) help(document);
fragments((root) => {
  ranked(root);
  combos(root);
});
