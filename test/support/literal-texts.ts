/** Texts for readers that stand in code: whatever a page would show or read out, and is not looked up in a catalogue. */
import { parseSync } from '@swc/core';

interface Node {
  readonly type?: string;
  readonly [name: string]: unknown;
}

/** What attributes say that are no words for a reader; any other is looked at. */
const CODED =
  /^(?:className|class|id|htmlFor|name|type|role|href|lang|key|accept|autoComplete|autoCapitalize|inputMode|scope|method|d|viewBox|preserveAspectRatio|vectorEffect|textAnchor|points|fill|stroke\w*|x\d?|y\d?|r|rx|width|height|cx|cy|aria-(?:hidden|live|current|busy|pressed|orientation|labelledby|describedby)|data-[\w-]+|word|lead|what|hint|whenEmpty|first|group|scale|shape|colour|tone)$/;
/** What they send with a form; what a reader sees of them stands beside it. */
const SENDING = ['input', 'option'];
const COMPARING = ['===', '!=='];
const LETTERS = /\p{L}/u;
const SENTENCE = /\p{L}{2,},? \p{L}{2,}/u;
const QUESTION = /^\s*(?:query|mutation|fragment)\b/;
/** What is given to them is no text. */
const SELECTING = ['querySelector', 'querySelectorAll', 'closest', 'matches'];
/** The beginning of a key, as the hub writes them: the same in every language. */
const SAMPLES = ['hw_…'];

export function textsIn(file: string, code: string): readonly string[] {
  const tree = parseSync(code, { syntax: 'typescript', tsx: file.endsWith('x'), decorators: true });
  const found = new Set<Node>();
  const look = (node: Node, isShown: boolean, isCode: boolean): void => {
    switch (textOf(node.type)) {
      case 'ImportDeclaration':
      case 'TsLiteralType':
      case 'ExportNamedDeclaration':
        return;
      case 'NewExpression':
        if (nameOf(node.callee) === 'Error') return;
        break;
      case 'CallExpression':
        if (SELECTING.includes(nameOf((node.callee as Node).property))) return;
        break;
      case 'JSXText':
        if (LETTERS.test(textOf(node.value))) found.add(node);
        return;
      case 'StringLiteral':
        if (isCode || SAMPLES.includes(textOf(node.value))) return;
        if (isShown ? LETTERS.test(textOf(node.value)) : SENTENCE.test(textOf(node.value))) found.add(node);
        return;
      case 'TemplateElement':
        if (isCode || QUESTION.test(textOf(node.raw))) return;
        if (isShown ? LETTERS.test(textOf(node.raw)) : SENTENCE.test(textOf(node.raw))) found.add(node);
        return;
      case 'JSXOpeningElement': {
        const isSending = SENDING.includes(nameOf(node.name));
        each(node.attributes, (one) => {
          const isSent = isSending && nameOf(one.name) === 'value' && textOf(one.type) === 'JSXAttribute';
          if (isSent) each(one.value, (child) => look(child, false, true));
          else look(one, false, isCode);
        });
        return;
      }
      case 'JSXAttribute': {
        const coded = CODED.test(nameOf(node.name));
        each(node.value, (child) => look(child, !coded, coded));
        return;
      }
      case 'JSXExpressionContainer':
        each(node.expression, (child) => look(child, !isCode, isCode));
        return;
      case 'ConditionalExpression':
        each(node.test, (child) => look(child, false, isCode));
        for (const branch of [node.consequent, node.alternate])
          each(branch, (child) => look(child, isShown, isCode));
        return;
      case 'BinaryExpression': {
        // Of `a && b` the second is shown, of a sum both are; what is compared is not, and is a code of the hub.
        const isJoined = ['+', '||', '??', '&&'].includes(textOf(node.operator));
        const isCompared = (child: Node): boolean =>
          COMPARING.includes(textOf(node.operator)) && child.type === 'StringLiteral';
        each(node.left, (child) =>
          look(child, isShown && isJoined && node.operator !== '&&', isCode || isCompared(child)),
        );
        each(node.right, (child) => look(child, isShown && isJoined, isCode || isCompared(child)));
        return;
      }
      case 'TemplateLiteral': {
        const isQuestion = QUESTION.test(textOf(partsOf(node.quasis)[0]?.raw));
        for (const part of partsOf(node.quasis)) look(part, isShown, isCode || isQuestion);
        for (const part of partsOf(node.expressions)) look(part, isShown, isCode);
        return;
      }
      case 'ParenthesisExpression':
        each(node.expression, (child) => look(child, isShown, isCode));
        return;
      default:
        break;
    }
    // Whatever is called, listed or computed is not shown by itself; a sentence is one wherever it is.
    for (const value of Object.values(node)) each(value, (child) => look(child, false, isCode));
  };
  each(tree.body, (child) => look(child, false, false));
  return [...found].map(({ value, raw }) => textOf(value ?? raw).trim());
}

function each(value: unknown, work: (node: Node) => void): void {
  for (const one of Array.isArray(value) ? value : [value])
    if (typeof one === 'object' && one !== null) work(one as Node);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const partsOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as Node[]) : []);

function nameOf(node: unknown): string {
  const { type, value, namespace, name } = (node ?? {}) as Node;
  return type === 'JSXNamespacedName' ? `${nameOf(namespace)}:${nameOf(name)}` : textOf(value);
}
