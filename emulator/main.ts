#!/usr/bin/env node
// With --env it goes into the background, as ssh-agent does: who prints for a shell must end for the shell to go on.
import { isForShell, startInBackground } from './background.ts';

if (isForShell(process)) process.exitCode = await startInBackground(process);
else await (await import('./command.ts')).createEmulatorCommand().parseAsync();
