// The page, top to bottom: choose → launch → what became of it → the permission dialog → the states.
const find = (id) => document.getElementById(id);
const copyOf = (id) => find(id).content.firstElementChild.cloneNode(true);
const rows = new Map(); // by repository, OWNER/NAME: where its outcome is shown, and of which launch it is
const installations = new Map(); // by id: whose it is
let lacking = []; // what the last launch lacked permissions for
let failed = []; // the repositories that the last launch failed at
let last = null; // the last launch as it was sent
let busy = false;

const stateNames = {
  queued: "Queued",
  running: "Running",
  needs_input: "Needs your answer",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  expired: "Out of time",
  not_launched: "Not launched",
};

const fixNames = {
  github_app_permissions: "Update permissions",
  github_copilot_not_licensed: "See your Copilot plan",
  github_copilot_insufficient_quota: "See what is left of your quota",
  cursor_github_access: "Give Cursor access",
  plan_required: "See the plans",
  repository_not_enabled: "Switch the agent on",
  bad_credentials: "Check the credential",
};

/** Shows a link, if it leads to a secure page; whatever else an answer holds is not linked. */
function link(anchor, address, text) {
  anchor.hidden = !address?.startsWith("https://");
  if (!anchor.hidden) {
    anchor.href = address;
    anchor.textContent = text;
  }
}

/** Asks the API; throws an Error whose message can be shown. */
async function ask(path, body) {
  let response;
  try {
    response = await fetch(path, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Error("The server cannot be reached. Try again: nothing is started twice.");
  }
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Error(Object.values(problem.errors ?? {}).flat().join(" ") || problem.detail || `The server answered ${response.status}.`);
}

// Choose.

function showOwner(owner) {
  const group = copyOf("owner-template");
  const kind = owner.type === "User" ? "user" : "organisation";
  group.querySelector(".login").textContent = owner.login;
  group.querySelector(".kind").textContent = owner.installation_id ? `${kind}, installation ${owner.installation_id}` : "the App is not installed";
  if (owner.installation_id) installations.set(owner.installation_id, { login: owner.login, kind });
  for (const name of owner.repositories) group.querySelector("ul").append(showRepository(name));
  find("owners").append(group);
}

function showRepository(name) {
  const row = copyOf("repository-template");
  const box = row.querySelector("input");
  box.value = name;
  row.querySelector(".name").textContent = name;
  row.querySelector(".status").id = `status-${rows.size}`;
  row.querySelector(".trouble").id = `trouble-${rows.size}`;
  box.setAttribute("aria-describedby", `status-${rows.size} trouble-${rows.size}`);
  rows.set(name, { row, key: null, state: null });
  return row;
}

function showAgent(agent, index) {
  const label = document.createElement("label");
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: "agent", value: agent.name, checked: index === 0 });
  label.append(radio, agent.title);
  find("agents").append(label);
}

const boxes = () => [...document.querySelectorAll("input[name=repository]")];

function chooseAll() {
  const all = boxes().every((box) => box.checked);
  for (const box of boxes()) box.checked = !all;
  nameChooseAll();
}

function nameChooseAll() {
  find("choose-all").textContent = boxes().length > 0 && boxes().every((box) => box.checked) ? "Choose none" : "Choose all";
}

// Launch.

function readOrder() {
  const repositories = boxes().filter((box) => box.checked).map((box) => box.value);
  const prompt = find("prompt").value;
  find("repositories-mistake").textContent = repositories.length > 0 ? "" : "Choose at least one repository.";
  find("prompt-mistake").textContent = prompt.trim() ? "" : "Say what the agent is to do.";
  find("prompt").setAttribute("aria-invalid", String(!prompt.trim()));
  const wrong = repositories.length === 0 ? boxes()[0] : prompt.trim() ? null : find("prompt");
  wrong?.focus();
  const agent = document.querySelector("input[name=agent]:checked")?.value;
  return wrong ? null : { agent, prompt, repositories };
}

/** Sends an order. A key that was sent before makes the server look before it starts anything twice. */
async function launch(order) {
  if (busy) return;
  setBusy(true);
  find("launch-mistake").textContent = "";
  try {
    last = order;
    showAnswer(await ask("api/launches", order));
  } catch (trouble) {
    find("launch-mistake").textContent = trouble.message;
  } finally {
    setBusy(false);
  }
}

/** The same form sent again after no answer came is the same launch, and keeps its key; after an answer it is a new one. */
function keyFor(order) {
  const unanswered = last && !last.answered && JSON.stringify({ ...last, key: undefined }) === JSON.stringify(order);
  return unanswered ? last.key : crypto.randomUUID();
}

// Not `disabled`: the button would lose the focus that the dialog gives back to it.
function setBusy(value) {
  busy = value;
  find("launch").textContent = value ? "Launching…" : "Launch";
  for (const id of ["launch", "again"]) find(id).setAttribute("aria-disabled", String(value));
}

// What became of it.

function showAnswer(answer) {
  last = { ...last, answered: true };
  for (const task of answer.tasks) showTask(answer.key, task, true);
  for (const failure of answer.failures) showFailure(answer.key, failure);
  failed = answer.failures.map((failure) => failure.repo_name);
  lacking = answer.failures.filter((failure) => failure.failure_type === "github_app_permissions");
  const text = `${answer.launched_count} launched, ${answer.failed_count} not launched.`;
  find("outcome").hidden = false;
  find("outcome-text").textContent = text;
  find("again").hidden = failed.length === 0;
  find("review").hidden = lacking.length === 0;
  tell(text);
  if (lacking.length > 0) openPermissions();
  if (answer.tasks.some((task) => !task.is_finished)) watch(answer.key);
}

function showTask(key, task, isNew = false) {
  const shown = rows.get(task.repository);
  if (!shown || (shown.key !== key && !isNew)) return; // a later launch has taken the row
  if (shown.key === key && shown.state !== task.state) tell(`${task.repository}: ${stateNames[task.state] ?? task.state}`);
  Object.assign(shown, { key, state: task.state });
  showState(shown.row, task.state);
  link(shown.row.querySelector(".pull"), task.pull_request?.url, `Pull request #${task.pull_request?.number}`);
  showTrouble(shown.row, [task.error, ...task.warnings].filter(Boolean).join(" "));
}

function showFailure(key, failure) {
  const shown = rows.get(failure.repo_name);
  if (!shown) return;
  Object.assign(shown, { key, state: "not_launched" });
  showState(shown.row, "not_launched");
  link(shown.row.querySelector(".pull"), null);
  showTrouble(shown.row, failure.error_message);
  shown.row.querySelector(".retry").textContent = failure.retry_at ? `Try again after ${new Date(failure.retry_at).toLocaleTimeString()}.` : "";
  link(shown.row.querySelector(".fix"), failure.fix_url, fixNames[failure.failure_type] ?? "Open the page that fixes it");
}

function showState(row, state) {
  row.querySelector(".status").hidden = false;
  const badge = row.querySelector(".state");
  badge.dataset.state = state;
  badge.textContent = stateNames[state] ?? state;
}

function showTrouble(row, message) {
  row.querySelector(".trouble").hidden = !message;
  row.querySelector(".message").textContent = message;
  row.querySelector(".retry").textContent = "";
  link(row.querySelector(".fix"), null);
}

/** Read out by screen readers; several pieces of news within a moment are one. */
function tell(text) {
  find("news").textContent = tell.pending ? `${find("news").textContent} ${text}` : text;
  clearTimeout(tell.pending);
  tell.pending = setTimeout(() => { tell.pending = 0; }, 500);
}

// The permission dialog: every installation with its own repositories and its own link.

function openPermissions() {
  const list = find("installations");
  list.replaceChildren();
  for (const failures of Map.groupBy(lacking, (failure) => failure.github_installation_id ?? failure.fix_url).values()) list.append(showInstallation(failures));
  find("permissions").showModal(); // moves the focus in, keeps it there, closes by Escape, and gives it back
}

function showInstallation(failures) {
  const item = copyOf("installation-template");
  const [{ github_installation_id: id, fix_url: url, repo_name: first }] = failures;
  const known = installations.get(id);
  const login = known?.login ?? first.split("/")[0];
  const missing = [...new Set(failures.flatMap((failure) => failure.missing_permissions))];
  item.querySelector(".login").textContent = login;
  item.querySelector(".kind").textContent = [known?.kind, id && `installation ${id}`].filter(Boolean).join(", ");
  item.querySelector(".names").textContent = failures.map((failure) => failure.repo_name).join(", ");
  item.querySelector(".missing").textContent = missing.length > 0 ? `Missing: ${missing.map((one) => one.replace("=", ":")).join(", ")}` : "";
  const anchor = item.querySelector("a");
  link(anchor, url, "Update permissions");
  anchor.setAttribute("aria-label", `Update permissions of ${login}`);
  anchor.addEventListener("click", () => find("permissions").close());
  return item;
}

// The states, every second, until all are at their end.

async function watch(key) {
  for (let open = true, pause = 1000; open; ) {
    await new Promise((resume) => { setTimeout(resume, pause); });
    try {
      const { tasks } = await ask(`api/launches/${encodeURIComponent(key)}`);
      for (const task of tasks) showTask(key, task);
      open = tasks.some((task) => !task.is_finished);
      pause = 1000;
    } catch {
      pause = Math.min(pause * 2, 30_000); // the server is away; the agents are not
    }
  }
}

// Begin.

find("desk").addEventListener("submit", (event) => {
  event.preventDefault();
  const order = busy ? null : readOrder();
  if (order) launch({ ...order, key: keyFor(order) });
});
find("choose-all").addEventListener("click", chooseAll);
find("owners").addEventListener("change", nameChooseAll);
find("review").addEventListener("click", openPermissions);
find("again").addEventListener("click", () => launch({ agent: last.agent, prompt: last.prompt, repositories: failed, key: last.key }));

try {
  const { agents, owners } = await ask("api/repositories");
  find("owners").replaceChildren();
  owners.forEach(showOwner);
  agents.forEach(showAgent);
} catch (trouble) {
  find("owners").replaceChildren();
  find("repositories-mistake").textContent = `Your repositories could not be read. ${trouble.message}`;
}
