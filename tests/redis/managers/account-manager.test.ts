import { describeOnEachDocumentEngine } from '../../support/document-engines.ts';
import { accountTests } from '../../support/account-contract.ts';
import { vitalTests } from '../../support/vitals-contract.ts';

describeOnEachDocumentEngine('AccountManager', (opened) => {
  accountTests(opened);
  vitalTests(opened);
});
