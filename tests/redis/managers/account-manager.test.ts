import { describeOnEachDocumentEngine } from '../../support/document-engines.ts';
import { accountTests } from '../../support/account-contract.ts';
import { accountVersionTests } from '../../support/account-versions-contract.ts';
import { vitalTests } from '../../support/vitals-contract.ts';

describeOnEachDocumentEngine('AccountManager', (opened) => {
  accountTests(opened);
  accountVersionTests(opened);
  vitalTests(opened);
});
