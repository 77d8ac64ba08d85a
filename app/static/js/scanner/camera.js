// The camera and the reader of codes: the browser's own where there is one, else the one compiled to wasm.
const EVERY = 110;

async function detector(wasm) {
  if ("BarcodeDetector" in globalThis) {
    const known = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (known.includes("qr_code")) return new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  }
  const reader = await import("barcode-detector/ponyfill");
  reader.prepareZXingModule({ overrides: { locateFile: () => wasm } });
  return new reader.BarcodeDetector({ formats: ["qr_code"] });
}

export function camera({ video, wasm, read }) {
  let facing = "environment";
  let stream = null;
  let engine = null;
  let lit = false;
  let last = { text: "", at: 0 };

  const ready = () => (engine ??= detector(wasm));
  const track = () => stream?.getVideoTracks()[0];

  /** The same badge held before the camera is one scan. */
  function found(text) {
    const now = Date.now();
    if (text === last.text && now - last.at < 4000) {
      last.at = now;
      return;
    }
    last = { text, at: now };
    read(text);
  }

  async function look() {
    const mine = stream;
    if (!mine) return;
    if (video.readyState >= 2 && !document.hidden) {
      const codes = await (await ready()).detect(video).catch(() => []);
      if (codes[0]?.rawValue) found(codes[0].rawValue);
    }
    if (mine === stream) setTimeout(look, EVERY);
  }

  async function open() {
    close();
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } } });
    video.srcObject = stream;
    await video.play();
    look();
  }

  function close() {
    for (const one of stream?.getTracks() ?? []) one.stop();
    stream = null;
  }

  return {
    open,
    close,
    prepare: ready,
    isOpen: () => Boolean(stream),
    hasTorch: () => Boolean(track()?.getCapabilities?.().torch),
    async torch() {
      lit = !lit;
      await track()?.applyConstraints({ advanced: [{ torch: lit }] });
      return lit;
    },
    flip() {
      facing = facing === "environment" ? "user" : "environment";
      return open();
    },
    async photo(file) {
      const picture = await createImageBitmap(file);
      const codes = await (await ready()).detect(picture);
      picture.close();
      return codes[0]?.rawValue ?? "";
    },
  };
}

/** A hardware scanner types under the keyboard's layout; the keys themselves are the same under any. */
export function typedScanner(read) {
  let typed = "";
  let at = 0;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (Date.now() - at > 400) typed = "";
    at = Date.now();
    const key = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(event.code);
    if (key) typed += key[1] ?? key[2] ?? key[3];
    else if ((event.code === "Enter" || event.code === "NumpadEnter") && typed.length >= 6) {
      event.preventDefault();
      read(typed);
      typed = "";
    }
  });
}
