package io.linewright.edge.app.opcua;

import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultSubscriptionServiceSet;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsResponse;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** Subscriptions that can be made to say nothing any more once they went over to a new session. */
final class MutableSubscriptions extends DefaultSubscriptionServiceSet {

  private volatile boolean muteWhenTransferred;
  private volatile boolean mute;

  MutableSubscriptions(OpcUaServer server) {
    super(server);
  }

  void muteWhenTransferred() {
    muteWhenTransferred = true;
  }

  @Override
  public TransferSubscriptionsResponse onTransferSubscriptions(
      ServiceRequestContext context, TransferSubscriptionsRequest request) throws UaException {
    mute = muteWhenTransferred;
    return super.onTransferSubscriptions(context, request);
  }

  @Override
  public DeleteSubscriptionsResponse onDeleteSubscriptions(
      ServiceRequestContext context, DeleteSubscriptionsRequest request) throws UaException {
    mute = false;
    return super.onDeleteSubscriptions(context, request);
  }

  @Override
  public CompletableFuture<PublishResponse> onPublish(
      ServiceRequestContext context, PublishRequest request) {
    return mute ? new CompletableFuture<>() : super.onPublish(context, request);
  }
}
