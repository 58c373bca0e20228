package dev.recount.examples.quickstart;

record SaveCheckpoint(String bead, String text) {}
