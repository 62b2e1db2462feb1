import { createHash } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { approvalPage, PAGE_SCRIPT } from '../../../lambdas/approval/approval-page.ts';

interface Sent {
  readonly url: string;
  readonly init: { readonly method: string; readonly body: string; readonly credentials: string };
}

interface Button {
  readonly id: string;
  disabled: boolean;
  readonly click: () => Promise<void>;
}

/** The page's script in a browser that has just what it uses. */
function open(hash: string, answer: () => Promise<unknown> = async () => ({ outcome: 'approved' })) {
  const sent: Sent[] = [];
  const replaced: string[] = [];
  const listeners = new Map<string, () => Promise<void>>();
  const elementOf = (id: string) => ({
    id,
    disabled: true,
    textContent: 'at first',
    addEventListener: (_type: string, listener: () => Promise<void>) => listeners.set(id, listener),
    click: () => listeners.get(id)?.() ?? Promise.resolve(),
  });
  const elements = new Map(['said', 'approve', 'refuse'].map((id) => [id, elementOf(id)]));
  const context = {
    document: { getElementById: (id: string) => elements.get(id) },
    location: { hash, pathname: '/approval' },
    history: { replaceState: (_state: null, _title: string, url: string) => replaced.push(url) },
    fetch: async (url: string, init: Sent['init']) => {
      sent.push({ url, init });
      return { json: answer };
    },
  };
  runInContext(PAGE_SCRIPT, createContext(context));
  const buttons = ['approve', 'refuse'].map((id) => elements.get(id)) as unknown as readonly [Button, Button];
  return { sent, replaced, buttons, said: () => elements.get('said')?.textContent };
}

describe('the page', () => {
  const { statusCode, headers = {}, body = '' } = approvalPage();

  it('is the same for everyone and takes nothing from anywhere else', () => {
    expect(statusCode).toBe(200);
    expect(approvalPage()).toEqual(approvalPage());
    expect(body).not.toMatch(/(?:src|href|action)\s*=|url\(|@import|https?:/i);
  });

  it('runs its own script and style, by their hashes, and nothing else', () => {
    const policy = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
    );
    for (const element of ['script', 'style'] as const) {
      const [, text = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(body) ?? [];
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy.get(`${element}-src`)).toEqual([`'sha256-${hash}'`]);
    }
    expect([...policy].filter(([name]) => !/^(script|style)-src$/.test(name ?? ''))).toEqual([
      ['default-src', ["'none'"]],
      ['connect-src', ["'self'"]],
      ['base-uri', ["'none'"]],
      ['form-action', ["'none'"]],
      ['frame-ancestors', ["'none'"]],
    ]);
    expect(body).not.toMatch(/ on[a-z]+=| style=/);
  });

  it('is kept and passed on by nobody', () => {
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });
});

describe('its script', () => {
  it('takes the token out of the address and sends nothing until somebody decides', () => {
    const page = open('#AQC%2B%2F%3D');
    expect(page.replaced).toEqual(['/approval']);
    expect(page.buttons.map(({ disabled }) => disabled)).toEqual([false, false]);
    expect([page.said(), page.sent]).toEqual(['', []]);
  });

  it.each([0, 1] as const)('sends the decision of button %d once, without cookies', async (index) => {
    const outcome = ['approved', 'refused'][index];
    const page = open('#AQC%2B%2F%3D', async () => ({ outcome }));
    await page.buttons[index].click();
    expect(page.sent).toHaveLength(1);
    expect(page.sent[0]).toMatchObject({ url: '/approval', init: { method: 'POST', credentials: 'omit' } });
    expect(JSON.parse(page.sent[0]?.init.body ?? '')).toEqual({
      token: 'AQC+/=',
      decision: ['approve', 'refuse'][index],
    });
    expect(page.said()).toMatch(/^(Approved|Refused)\./);
    expect(page.buttons.map(({ disabled }) => disabled)).toEqual([true, true]);
  });

  it('says that nothing waits any more', async () => {
    const page = open('#token', async () => ({ outcome: 'not-waiting' }));
    await page.buttons[0].click();
    expect(page.said()).toMatch(/^Nothing waits/);
    expect(page.buttons[0].disabled).toBe(true);
  });

  it.each([
    ['an answer that failed', async () => ({ outcome: 'failed' })],
    ['one that is no JSON', () => Promise.reject(new SyntaxError('no'))],
  ])('can be tried again after %s', async (_name, answer) => {
    const page = open('#token', answer);
    await page.buttons[0].click();
    expect(page.said()).toMatch(/Try again/);
    expect(page.buttons.map(({ disabled }) => disabled)).toEqual([false, false]);
  });

  it.each(['', '#', '#%'])('offers nothing without a token: %j', (hash) => {
    const page = open(hash);
    expect(page.buttons.map(({ disabled }) => disabled)).toEqual([true, true]);
    expect(page.said()).toMatch(/part of it is missing/);
  });
});
