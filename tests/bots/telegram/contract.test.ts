import { channelContract } from '../contract.ts';
import { openTelegram } from './under-test.ts';

channelContract('telegram', openTelegram);
