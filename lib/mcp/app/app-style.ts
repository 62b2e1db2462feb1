/** Colours have a contrast of at least 4.5 : 1 in light and dark; a state is told by its word and sign, too. */
export const APP_STYLE = `
:root { color-scheme: light dark; --text: #1b1b1f; --back: #fff; --line: #6b7280; --good: #166534; --bad: #b91c1c; --busy: #1d4ed8; }
:root[data-theme=dark] { color-scheme: dark; --text: #f1f1f4; --back: #18181b; --line: #9ca3af; --good: #86efac; --bad: #fca5a5; --busy: #93c5fd; }
@media (prefers-color-scheme: dark) {
  :root:not([data-theme=light]) { --text: #f1f1f4; --back: #18181b; --line: #9ca3af; --good: #86efac; --bad: #fca5a5; --busy: #93c5fd; }
}
body { margin: 0; padding: 12px; background: var(--back); color: var(--text); font: 14px/1.4 system-ui, sans-serif; }
h1 { margin: 0; font-size: 16px; }
ol { display: flex; gap: 20px; margin: 12px 0; padding: 0; overflow-x: auto; list-style: none; }
ol li { display: flex; flex-direction: column; gap: 8px; justify-content: center; }
button { border: 2px solid var(--line); border-radius: 8px; padding: 6px 10px; background: var(--back); color: var(--text); font: inherit; text-align: left; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--busy); outline-offset: 2px; }
button b, button span { display: block; }
[data-status=SUCCEEDED] { border-color: var(--good); } [data-status=SUCCEEDED] span { color: var(--good); }
[data-status=FAILED] { border-color: var(--bad); } [data-status=FAILED] span { color: var(--bad); }
[data-status=RUNNING] { border-color: var(--busy); } [data-status=RUNNING] span { color: var(--busy); }
[data-status=SKIPPED], [data-status=PENDING] { border-style: dashed; }
`;
