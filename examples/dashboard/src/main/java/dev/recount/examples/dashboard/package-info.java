/** The dashboard of a town: one page, what it reads over HTTP, and who may read it. */
package dev.recount.examples.dashboard;
