import { describeOnEachDocumentEngine } from '../../support/document-engines.ts';
import { documentTests } from '../../support/documents-contract.ts';

describeOnEachDocumentEngine('documents', documentTests);
