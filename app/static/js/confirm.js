// A question before an act: forms with data-confirm ask in the page's one dialog and are sent on the act's own button.

export function confirmations() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    const dialog = document.getElementById("confirm");
    if (!question || !dialog?.showModal || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(dialog, question, event.submitter?.dataset.confirmAct || form.dataset.confirmAct).then((yes) => {
      if (!yes) return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter);
      delete form.dataset.confirmed;
    });
  }, true);
}

/** Opens the dialog; answers whether the act was chosen. */
export function ask(dialog, question, act) {
  dialog.querySelector("#confirm-text").textContent = question;
  const button = dialog.querySelector("[data-confirm-act]");
  if (act) button.textContent = act;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
