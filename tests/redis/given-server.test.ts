import { accountTests } from '../support/account-contract.ts';
import { describeOnGivenRedis } from '../support/document-engines.ts';
import { documentTests } from '../support/documents-contract.ts';
import { vitalTests } from '../support/vitals-contract.ts';

// One file, so that one after the other has the server to itself.
describeOnGivenRedis('the contract of documents', documentTests);
describeOnGivenRedis('AccountManager', (opened) => {
  accountTests(opened);
  vitalTests(opened);
});
