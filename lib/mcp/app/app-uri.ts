/** The address of the page that shows a run as a picture. */
export const APP_URI = 'ui://workflows/execution.html';

/** https://github.com/modelcontextprotocol/ext-apps, specification 2026-01-26 */
export const APP_MIME_TYPE = 'text/html;profile=mcp-app';

/** How a tool says that its results can be shown by the page. */
export const APP_LINK = { ui: { resourceUri: APP_URI } } as const;
