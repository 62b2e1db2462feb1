// A process like that of the function: it loads the bundle, answers one tools/list, then many more.
const { handler } = require(process.argv[2]);

const domainName = 'abc123.execute-api.eu-west-1.amazonaws.com';
// Each call is one of another caller: one alone may not make so many in a second.
const event = (call) => ({
  version: '2.0',
  rawPath: '/mcp',
  rawQueryString: '',
  headers: { host: domainName, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  requestContext: {
    domainName,
    http: { method: 'POST', path: '/mcp' },
    authorizer: { iam: { userArn: `arn:aws:iam::123456789012:user/caller-${call}` } },
  },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  isBase64Encoded: false,
});
const context = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:mcp' };

async function main() {
  console.log = () => {};
  const { statusCode, body } = await handler(event(0), context);
  if (statusCode !== 200 || !body.includes('execute_workflow')) throw new Error(`${statusCode}: ${body}`);
  // The process began at the origin of this clock.
  const cold = performance.now();
  const warm = [];
  for (let call = 0; call < Number(process.argv[3]); call += 1) {
    const start = performance.now();
    await handler(event(call + 1), context);
    warm.push(performance.now() - start);
  }
  process.stdout.write(JSON.stringify({ cold, warm }));
}

main();
