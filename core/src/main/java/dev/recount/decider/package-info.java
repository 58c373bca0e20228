/** Pure business rules: what a command decides, and what an event changes. */
package dev.recount.decider;
