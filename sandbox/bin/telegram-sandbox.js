#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// Not `--import tsx`: Node.js would look for tsx in the current directory instead of beside this package.
register();
await import('../main.ts');
