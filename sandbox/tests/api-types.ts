import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** What a parameter of the Bot API is sent as; `id` is a number or an "@name". */
export type TypedKind = 'integer' | 'flag' | 'text' | 'json' | 'file' | 'id';

export interface TypedParameter {
  readonly kind: TypedKind;
  readonly isRequired: boolean;
}

/** By method, by parameter: what the installed types say. */
export type ApiTable = ReadonlyMap<string, ReadonlyMap<string, TypedParameter>>;

export function readApiTypes(): ApiTable {
  const file = fileURLToPath(import.meta.resolve('@grammyjs/types')).replace(/mod\.js$/, '');
  const path = `${file}methods.d.ts`;
  const program = ts.createProgram([path], { strict: true, noLib: true, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const methods = source?.statements.find(
    (node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'ApiMethods',
  );
  if (methods === undefined) throw new Error('the types have no ApiMethods');
  const type = checker.getTypeAtLocation(methods);
  return new Map(
    type.getProperties().map((method) => [method.name, parametersOf(method, checker)]),
  );
}

function parametersOf(method: ts.Symbol, checker: ts.TypeChecker): Map<string, TypedParameter> {
  const [signature] = checker.getTypeOfSymbol(method).getCallSignatures();
  const [args] = signature?.parameters ?? [];
  if (args === undefined) return new Map();
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(args));
  return new Map(
    type.getProperties().map((parameter) => [
      parameter.name,
      {
        kind: kindOf(checker.getNonNullableType(checker.getTypeOfSymbol(parameter))),
        isRequired: (parameter.flags & ts.SymbolFlags.Optional) === 0,
      },
    ]),
  );
}

function kindOf(type: ts.Type): TypedKind {
  const parts = type.isUnion() ? type.types : [type];
  const every = (flags: ts.TypeFlags) => parts.every((part) => (part.flags & flags) !== 0);
  if (parts.some(isFile)) return 'file';
  if (every(ts.TypeFlags.NumberLike)) return 'integer';
  if (every(ts.TypeFlags.BooleanLike)) return 'flag';
  if (every(ts.TypeFlags.StringLike)) return 'text';
  return every(ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike) ? 'id' : 'json';
}

/** The types leave open what a file is; an optional one is that without undefined. */
function isFile(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some(isFile);
  return (type.flags & ts.TypeFlags.TypeParameter) !== 0;
}
