// Follows a meeting: `hint({seq, kind, subject, rev})` for every change, `reset()` when too much was missed. An event
// stream while there is a place for it, polling with ETag when there is none; both go on where they stopped.
//   follow({ stream: "/api/v1/meetings/x/stream", hints: "/api/v1/meetings/x/hints", since: 12, hint, reset, state })
// `state("live" | "polling" | "lost")` is for the screen; `ticket()` gives a new ticket where no cookie can be sent.
const POLL = 2000;
const AGAIN = 60000;

export function follow({ stream, hints, since = null, hint, reset = () => {}, state = () => {}, ticket = null }) {
  let seq = since;
  let source = null;
  let timer = null;
  let stopped = false;
  let tag = null;

  const take = (one) => {
    if (seq === null || one.seq > seq) {
      seq = one.seq;
      hint(one);
    }
  };

  async function open() {
    if (stopped || document.hidden) return;
    const query = new URLSearchParams(seq === null ? {} : { since: seq });
    if (ticket) query.set("ticket", await ticket());
    source = new EventSource(`${stream}?${query}`);
    source.onopen = () => state("live");
    source.onmessage = ({ data }) => take(JSON.parse(data));
    source.addEventListener("reset", ({ data }) => {
      seq = JSON.parse(data).seq;
      reset();
    });
    source.onerror = () => {
      // A ticket is good once: the browser's own return with the old address would be refused.
      if (source.readyState !== EventSource.CLOSED && !ticket) return state("lost");
      source.close();
      poll(Date.now() + AGAIN);
    };
  }

  async function poll(until) {
    if (stopped || document.hidden) return;
    if (Date.now() > until) return open();
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch(`${hints}?since=${seq ?? 0}`, { headers, cache: "no-store", credentials: "same-origin" });
      if (answer.ok) {
        const told = await answer.json();
        tag = told.hints.length >= 500 ? null : answer.headers.get("ETag");
        if (seq === null) seq = told.seq;
        told.hints.forEach(take);
        seq = Math.max(seq, told.seq);
      }
      state(answer.ok || answer.status === 304 ? "polling" : "lost");
    } catch {
      state("lost");
    }
    timer = setTimeout(poll, POLL * (0.75 + Math.random() / 2), until);
  }

  function close() {
    source?.close();
    clearTimeout(timer);
  }

  const turned = () => (close(), open());
  document.addEventListener("visibilitychange", turned);
  open();
  return {
    stop() {
      stopped = true;
      document.removeEventListener("visibilitychange", turned);
      close();
    },
  };
}
