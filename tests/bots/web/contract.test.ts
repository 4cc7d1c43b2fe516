import { channelContract } from '../contract.ts';
import { openWeb } from './under-test.ts';

channelContract('web', openWeb);
