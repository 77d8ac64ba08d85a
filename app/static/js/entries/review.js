// Keys of the review: Alt R retains, Alt B goes to the reason for sending back. They follow the same switch as others.
import { enabled } from "../shortcuts.js";

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !enabled()) return;
  const button = document.querySelector(`[data-review="${event.code}"]`);
  if (!button) return;
  event.preventDefault();
  const reason = document.getElementById("reason");
  if (event.code === "KeyB" && reason && !reason.value.trim()) reason.focus();
  else button.click();
});
