/** Projects, threads and turns: what can be asked, what can happen, the rules, and what becomes of it. */
package dev.recount.examples.orchestration;
