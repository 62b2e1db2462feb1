/**
 * The script of the page, as the browser gets it. It speaks the protocol of MCP Apps with its host: JSON-RPC through
 * `postMessage`. Columns are the depth of a step: what depends on nothing stands first.
 * https://github.com/modelcontextprotocol/ext-apps, specification 2026-01-26
 */
export const APP_SCRIPT = `
'use strict';
const host = window.parent;
const byId = (id) => document.getElementById(id);
const SIGNS = { PENDING: '○', RUNNING: '▶', SUCCEEDED: '✓', FAILED: '✗', SKIPPED: '–' };
const waiting = new Map();
const needs = new Map();
let nextId = 1, run, chosen, described, timer;

const send = (message) => host.postMessage({ jsonrpc: '2.0', ...message }, '*');
const ask = (method, params) => new Promise((resolve, reject) => {
  const id = nextId++;
  waiting.set(id, { resolve, reject });
  send({ id, method, params });
});

addEventListener('message', ({ source, data }) => {
  if (source !== host || !data || data.jsonrpc !== '2.0') return;
  const { id, method, params = {} } = data;
  if (method === undefined) return settle(data);
  if (method === 'ui/notifications/tool-result') show(params.structuredContent);
  if (method === 'ui/notifications/host-context-changed') theme(params.theme);
  if (method === 'ui/resource-teardown') clearTimeout(timer);
  if (id !== undefined) send({ id, result: {} });
});

function settle({ id, result, error }) {
  const call = waiting.get(id);
  waiting.delete(id);
  if (call) error ? call.reject(new Error(String(error.message))) : call.resolve(result || {});
}

function theme(name) {
  if (name === 'light' || name === 'dark') document.documentElement.dataset.theme = name;
}

function show(content) {
  if (!content || !Array.isArray(content.steps)) return;
  for (const { id, depends_on } of content.steps) if (Array.isArray(depends_on)) needs.set(id, depends_on);
  run = content;
  draw();
  clearTimeout(timer);
  byId('refresh').hidden = !content.execution_id;
  if (!content.execution_id) return;
  order(content);
  if (content.status === 'RUNNING') timer = setTimeout(refresh, Math.max(1000, content.poll_after_ms || 2000));
}

async function order({ workflow: name, version }) {
  if (described === name + version) return;
  described = name + version;
  const { structuredContent } = await tool('describe_workflow', { name, version }).catch(() => ({}));
  for (const { id, depends_on } of (structuredContent && structuredContent.steps) || []) needs.set(id, depends_on);
  draw();
}

const tool = (name, args) => ask('tools/call', { name, arguments: args });

async function refresh() {
  const { structuredContent } = await tool('get_execution', { execution_id: run.execution_id }).catch((error) => {
    byId('state').textContent = 'Cannot refresh: ' + error.message;
    return {};
  });
  show(structuredContent);
}

function depth(id, above = []) {
  const before = above.includes(id) ? [] : needs.get(id) || [];
  return before.length === 0 ? 0 : 1 + Math.max(...before.map((one) => depth(one, [...above, id])));
}

function draw() {
  byId('title').textContent = (run.workflow || run.name || '') + ' ' + (run.version || '');
  const waits = (run.approvals || []).map(({ step }) => step);
  byId('state').textContent = (run.status || 'Not running') + (waits.length ? ', waits for an answer: ' + waits.join(', ') : '');
  const columns = [];
  run.steps.forEach((step, at) => {
    const column = needs.size ? depth(step.id) : at;
    (columns[column] = columns[column] || []).push(step);
  });
  const focused = document.activeElement && document.activeElement.dataset.step;
  byId('steps').replaceChildren(...columns.filter(Boolean).map((steps) => element('li', ...steps.map(box))));
  const again = focused && [...document.querySelectorAll('[data-step]')].find((one) => one.dataset.step === focused);
  if (again) again.focus();
  detail();
  const { scrollWidth: width, scrollHeight: height } = document.documentElement;
  send({ method: 'ui/notifications/size-changed', params: { width, height } });
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function box(step) {
  const status = step.status || 'PENDING';
  const state = (SIGNS[status] || '') + ' ' + (step.status || step.effect || '').toLowerCase() + (step.undone ? ', undone' : '');
  const button = element('button', element('b', step.id), element('small', step.action || ''), element('span', state));
  button.type = 'button';
  button.dataset.step = step.id;
  button.dataset.status = status;
  button.onclick = () => { chosen = step.id; detail(); };
  return button;
}

function detail() {
  const step = run.steps.find(({ id }) => id === chosen);
  if (!step) return;
  const after = (needs.get(step.id) || []).join(', ');
  const parts = [step.id, step.action, after && 'after ' + after, step.started_at, step.ended_at, step.error, step.cause];
  byId('detail').textContent = parts.filter(Boolean).join(' · ');
}

byId('refresh').onclick = refresh;
const appInfo = { name: 'aws-mcp-workflows', version: '1' };
ask('ui/initialize', { appInfo, appCapabilities: {}, protocolVersion: '2026-01-26' }).then((result) => {
  theme(result.hostContext && result.hostContext.theme);
  send({ method: 'ui/notifications/initialized', params: {} });
}).catch(() => {});
`;
