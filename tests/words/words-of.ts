import ts from 'typescript';

export interface Words {
  /** Identifiers, as they are written. */
  readonly names: readonly string[];
  /** Comments and strings, which people read. */
  readonly prose: readonly string[];
}

/** What a source file says: TypeScript or JavaScript. */
export function wordsOf(source: string, fileName: string): Words {
  const names: string[] = [];
  const prose: string[] = [];
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, false);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) names.push(node.text);
    if (ts.isStringLiteralLike(node)) prose.push(node.text);
    if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) prose.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { names, prose: [...prose, ...commentsOf(source)] };
}

function commentsOf(source: string): string[] {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    false,
    ts.LanguageVariant.Standard,
    source,
  );
  const comments: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isComment =
      token === ts.SyntaxKind.SingleLineCommentTrivia ||
      token === ts.SyntaxKind.MultiLineCommentTrivia;
    if (isComment) comments.push(scanner.getTokenText());
  }
  return comments;
}

/** `noteBeat` and `note-beat` are note and beat. */
export function partsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
}
