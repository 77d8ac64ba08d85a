// What the scanner shows: the line that is always there, the result over the whole screen, the last ones below.
export function screen(config) {
  const $ = (id) => document.getElementById(id);
  const words = config.words;
  let current = null;
  let hideAt = 0;

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? "");
  const counted = (forms, count) => fill(forms[new Intl.PluralRules(config.lang).select(count)] ?? forms.other, { count });
  const hour = (stamp) => new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit", timeZone: config.zone }).format(new Date(stamp));
  const day = (stamp) => new Intl.DateTimeFormat(config.lang === "ar" ? "ar-MA-u-nu-latn" : config.lang, { dateStyle: "long", timeZone: config.zone }).format(new Date(stamp));

  /** The detail of a result in words. */
  function detail({ result, first, person, delegate, meeting, since, code }) {
    if (result === "already" && first) return fill(words["scan.already.detail"], { time: hour(first.at), gate: first.gate || words["nav.desk"] });
    if (result === "represented") return delegate ? fill(words["scan.represented.detail"], { delegate }) : words["attendance.represented_unnamed"];
    if (result === "wrong_meeting") return fill(words["scan.wrong_meeting.detail"], { meeting: meeting ?? "" });
    if (result === "wrong_workshop") return fill(words["scan.wrong_workshop.detail"], { workshop: person?.workshop ?? "", room: person?.room ?? "" });
    if (result === "cancelled" && since) return fill(words["scan.cancelled.detail"], { date: day(since) });
    if (result === "cancelled" || result === "not_confirmed") return words["scan.not_confirmed.detail"];
    if (result === "unknown") return code ? fill(words["scan.unknown.detail"], { code }) : words["attendance.unknown_detail"];
    return person?.detail ?? "";
  }

  function draw(shown) {
    current = shown;
    const panel = $("result");
    panel.className = `scan scan-over on-dark scan-${config.looks[shown.result]}`;
    $("result-glyph").setAttribute("href", `${config.sprite}#g-${config.glyphs[shown.result]}`);
    $("result-word").textContent = words[`scan.${shown.result}`];
    $("result-who").textContent = shown.person?.name ?? "";
    $("result-detail").textContent = detail(shown);
    const place = shown.result === "wrong_workshop" ? "" : [shown.person?.workshop, shown.person?.room].filter(Boolean).join(" · ");
    $("result-room").textContent = place;
    $("result-room").hidden = !place;
    $("force").hidden = !["represented", "wrong_workshop", "cancelled", "not_confirmed"].includes(shown.result);
    $("result-undo").hidden = shown.result !== "ok";
    $("result-walk-in").hidden = !["unknown", "wrong_meeting", "already"].includes(shown.result);
    panel.hidden = false;
    hideAt = Date.now() + (shown.result === "ok" ? 4000 : 12000);
  }

  function line(shown) {
    const row = document.createElement("li");
    row.dataset.scan = shown.id;
    const glyph = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    glyph.setAttribute("class", `g g-${config.glyphs[shown.result]}`);
    glyph.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${config.sprite}#g-${config.glyphs[shown.result]}`);
    glyph.append(use);
    const name = Object.assign(document.createElement("bdi"), { textContent: shown.person?.name || words["scan.unknown"] });
    const bold = document.createElement("b");
    bold.append(name);
    const word = Object.assign(document.createElement("span"), { textContent: shown.result === "ok" ? shown.person?.workshop ?? "" : words[`scan.${shown.result}`] });
    const time = Object.assign(document.createElement("bdi"), { textContent: hour(shown.at ?? Date.now()), dir: "ltr" });
    row.append(glyph, bold, word, time);
    return row;
  }

  setInterval(() => {
    if (current && Date.now() > hideAt) hide();
  }, 500);

  function hide() {
    current = null;
    $("result").hidden = true;
  }

  return {
    hide,
    shown: () => current,
    gate: (name) => { $("gate").textContent = name; },
    online(now) {
      $("online").textContent = words[now ? "scan.online" : "scan.offline"];
      $("online-icon").setAttribute("href", `${config.sprite}#${now ? "i-wifi" : "i-wifioff"}`);
      $("stat").classList.toggle("scan-offline", !now);
    },
    waiting: (count) => { $("waiting").textContent = counted(config.waiting, count); },
    listAge(fetched) {
      const age = fetched ? counted(config.minutes, Math.floor((Date.now() - fetched) / 60000)) : "–";
      $("age").textContent = fill(words["scan.list_age"], { age });
    },
    count(told) {
      if (told) $("count").textContent = fill(words["attendance.count"], { present: told.present, total: told.expected });
    },
    result(shown) {
      draw(shown);
      $("last").prepend(line(shown));
      while ($("last").children.length > 3) $("last").lastChild.remove();
    },
    /** Says a result again when the server knows better; whether anything changed. */
    correct(id, told) {
      const row = document.querySelector(`#last [data-scan="${id}"]`);
      const before = current?.id === id ? current : null;
      if (before && (before.result !== told.result || !before.person)) {
        draw({ ...told, person: told.person ? { ...before.person, ...told.person } : before.person, at: before.at });
        row?.replaceWith(line({ ...told, person: told.person ?? before.person, at: before.at }));
        return before.result !== told.result;
      }
      if (!row || row.querySelector(`.g-${config.glyphs[told.result]}`)) return false;
      row.replaceWith(line({ ...told, at: Date.now() }));
      return true;
    },
    undone(id) {
      hide();
      const row = document.querySelector(`#last [data-scan="${id}"] span`);
      if (row) row.textContent = words["attendance.undone_short"];
      $("notice").textContent = words["attendance.undone_short"];
    },
    notice: (text) => { $("notice").textContent = text; },
    camera(torch) {
      $("torch").hidden = !torch;
      $("aim").hidden = false;
    },
    noCamera() {
      $("aim").textContent = words["attendance.no_camera"];
    },
    found(lines, asked, choose) {
      const rows = lines.map((one) => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "btn" });
        const name = Object.assign(document.createElement("b"), { textContent: one.name });
        const more = Object.assign(document.createElement("span"), { textContent: [one.category, one.body].filter(Boolean).join(" · ") });
        button.append(name, more);
        button.addEventListener("click", () => choose(one));
        const row = document.createElement("li");
        row.append(button);
        return row;
      });
      $("name-found").replaceChildren(...rows);
      $("name-none").hidden = !asked || rows.length > 0;
    },
    closed(text) {
      $("closed-text").textContent = text;
      $("closed").hidden = false;
    },
  };
}
