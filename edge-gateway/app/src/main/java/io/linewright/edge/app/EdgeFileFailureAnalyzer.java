package io.linewright.edge.app;

import io.linewright.edge.app.config.EdgeFileException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the gateway file instead of a stack trace. */
final class EdgeFileFailureAnalyzer extends AbstractFailureAnalyzer<EdgeFileException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, EdgeFileException cause) {
    return new FailureAnalysis(
        "The gateway file cannot be used:" + System.lineSeparator() + cause.getMessage(),
        "Correct the lines named above and start again; the format is in docs/edge-gateway.md.",
        cause);
  }
}
