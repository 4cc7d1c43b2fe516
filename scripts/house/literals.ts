import ts from 'typescript';
import type { Source } from './source.ts';

/** A text that stands in the code as such: a string, a part of a template, a property's name. */
export interface Literal {
  text: string;
  line: number;
  kind: 'string' | 'name' | 'import';
}

/** All literals of a file; comments are none. */
export function literals({ tree }: Source): Literal[] {
  const found: Literal[] = [];
  visit(tree);
  return found;

  function visit(node: ts.Node): void {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || isTemplatePart(node)) {
      const parent = node.parent;
      const isImport =
        ts.isImportDeclaration(parent) ||
        ts.isExportDeclaration(parent) ||
        (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword);
      add(node, node.text, isImport ? 'import' : 'string');
    } else if (ts.isIdentifier(node) && isPropertyName(node)) {
      add(node, node.text, 'name');
    }
    ts.forEachChild(node, visit);
  }

  function add(node: ts.Node, text: string, kind: Literal['kind']): void {
    found.push({ text, kind, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1 });
  }
}

function isTemplatePart(node: ts.Node): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isShorthandPropertyAssignment(parent) || ts.isPropertySignature(parent);
}
