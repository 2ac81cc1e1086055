import { connectDatabase } from '../../database/connect.ts';
import { SqlRatings } from '../../database/ratings.ts';
import { battlesIn, isCalibrated } from '../../domains/rating/calibration.ts';
import { CALIBRATED_FROM } from '../../resources/numbers/rating.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { print } from '../bench/print-table.ts';
import { calibrationTable } from '../simulate/rating-report.ts';

/**
 * `npm run calibrate`: the predicted chances of the latest rated battles against their results, from
 * DATABASE_URL or, while the bot is stopped, from the folder DATA_DIR.
 */
const { DATABASE_URL: url = null, DATA_DIR: dataDir = './data' } = process.env;
const database = await connectDatabase({ url, dataDir, log: silentLog });
try {
  const table = await new SqlRatings(database.db).reliability();
  const battles = battlesIn(table);
  const use = isCalibrated(table)
    ? 'The match card corrects its chances by this table.'
    : `The match card shows words until there are ${CALIBRATED_FROM}.`;
  print(`${battles} rated battles. ${use}\n`);
  print(calibrationTable(table));
} finally {
  await database.close();
}
