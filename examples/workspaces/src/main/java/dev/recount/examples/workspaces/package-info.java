/** An organisation of workspaces and agents: its rules, its tables, its clocks, its feed, and its past. */
package dev.recount.examples.workspaces;
