// Sends what is written as it is written, and shows what came of it. Without
// it the form is sent with its button, and nothing is missing.
const form = document.querySelector("form[data-live]");
const progress = document.getElementById("progress");
const saved = document.getElementById("saved");
let waiting;

async function send() {
  const fields = new FormData(form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers: { "X-Desk-Live": "1" } });
    if (!answer.ok) throw new Error(answer.status);
    progress.innerHTML = await answer.text();
    tell(progress.querySelector(".counts").textContent, true);
  } catch {
    tell(form.dataset.live, false);
  }
}

// What went well is seen already, and is read out to those who do not see it.
function tell(text, well) {
  saved.textContent = text;
  saved.className = well ? "unseen" : "wrong";
}

if (form && progress) {
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(send, 400);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
