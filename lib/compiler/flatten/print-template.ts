import type { Template } from '../../language/expression.ts';

/** A template as the text that gives it. */
export function printTemplate(template: Template): string {
  // Texts side by side are joined first: "$" and "{x}" are no expression apart, and must not become one together.
  const parts: Template[number][] = [];
  for (const part of template) {
    const last = parts.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      parts[parts.length - 1] = { ...last, text: last.text + part.text };
    else parts.push(part);
  }
  return parts
    .map((part, index) => {
      if (part.kind === 'expression') return `\${${part.source}}`;
      const text = part.text.replaceAll('${', () => '$${');
      // A dollar sign right before an expression would make it text.
      return index < parts.length - 1 ? text.replace(/\$+$/, (signs) => `\${"${signs}"}`) : text;
    })
    .join('');
}
