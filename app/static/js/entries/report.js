// A photo is made small on the phone before it is sent: 300 KB at most, without its place (it is drawn anew), and what
// is typed stays on the device until it is sent.
const LIMIT = 300 * 1024;
const LONGEST = [1600, 1200, 800, 500];
const QUALITIES = [0.85, 0.7, 0.55, 0.4];

/** The photo drawn again as JPEG: coarser first, then smaller, until it fits. */
async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let blob = null;
  for (const longest of LONGEST) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      blob = (await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality))) ?? blob;
      if (blob && blob.size <= LIMIT) break;
    }
    if (blob && blob.size <= LIMIT) break;
  }
  return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}

document.addEventListener("change", async (event) => {
  const input = event.target.closest("input[type=file][data-shrink]");
  const file = input?.files[0];
  if (!file || !file.type.startsWith("image/") || file.size <= LIMIT) return;
  try {
    const carried = new DataTransfer();
    carried.items.add(await shrunk(file));
    input.files = carried.files;
  } catch {
    // A picture this browser cannot draw is sent as it is; the server checks it.
  }
});

// The draft of the text: kept on this device while it is written, and while there is no network to send it.
const form = document.querySelector("form[method=post]");
const text = form?.querySelector("textarea[name=narrative]");
const key = `report:${location.pathname.split("/").at(-2)}`;
if (text) {
  text.value ||= localStorage.getItem(key) ?? "";
  text.addEventListener("input", () => localStorage.setItem(key, text.value));
  form.addEventListener("submit", () => navigator.onLine && localStorage.removeItem(key));
}
