import { accountTests } from '../support/account-contract.ts';
import { describeOnGivenRedis } from '../support/document-engines.ts';
import { documentTests } from '../support/documents-contract.ts';
import { vitalTests } from '../support/vitals-contract.ts';

// One file, so that each suite has the server to itself.
describeOnGivenRedis('documents', documentTests);
describeOnGivenRedis('AccountManager', (opened) => {
  accountTests(opened);
  vitalTests(opened);
});
