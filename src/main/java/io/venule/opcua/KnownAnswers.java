package io.venule.opcua;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.types.DataTypeDictionary;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ChannelSecurityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSecureChannelResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElementResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilterResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemModifyResult;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.eclipse.milo.opcua.stack.core.types.structured.SetMonitoringModeResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SetPublishingModeResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.SignedSoftwareCertificate;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a pump may say, to Milo's reader: the answers to what is asked of a pump, and records. A pump that says anything else, or says too much, ends its session; Milo reads any message of any
 * type, on a thread that all pumps share. Each session has its own, which remembers why it refused. Threat T-29.
 */
final class KnownAnswers implements DataTypeManager {
    /** Notifications that may be missing before the next: Milo asks for each of them, if it were four billion. */
    static final int MOST_MISSED = 100;
    /** Notifications that a pump may keep for us: Milo acknowledges each of them. */
    static final int MOST_KEPT = 10_000;

    private static final Set<Class<?>> HEARD = Set.of(
            ServiceFault.class,
            ResponseHeader.class,
            OpenSecureChannelResponse.class,
            ChannelSecurityToken.class,
            CloseSecureChannelResponse.class,
            CreateSessionResponse.class,
            EndpointDescription.class,
            ApplicationDescription.class,
            UserTokenPolicy.class,
            SignedSoftwareCertificate.class,
            SignatureData.class,
            ActivateSessionResponse.class,
            CloseSessionResponse.class,
            TranslateBrowsePathsToNodeIdsResponse.class,
            BrowsePathResult.class,
            BrowsePathTarget.class,
            CallResponse.class,
            CreateSubscriptionResponse.class,
            ModifySubscriptionResponse.class,
            SetPublishingModeResponse.class,
            TransferSubscriptionsResponse.class,
            TransferResult.class,
            DeleteSubscriptionsResponse.class,
            CreateMonitoredItemsResponse.class,
            MonitoredItemCreateResult.class,
            ModifyMonitoredItemsResponse.class,
            MonitoredItemModifyResult.class,
            DeleteMonitoredItemsResponse.class,
            SetMonitoringModeResponse.class,
            RepublishResponse.class,
            EventFilterResult.class,
            ContentFilterResult.class,
            ContentFilterElementResult.class,
            EventNotificationList.class,
            StatusChangeNotification.class);

    /** To whoever is asked for its endpoints, without security: anybody may be answering. */
    private static final Set<Class<?>> BEFORE = Set.of(
            ServiceFault.class,
            ResponseHeader.class,
            OpenSecureChannelResponse.class,
            ChannelSecurityToken.class,
            CloseSecureChannelResponse.class,
            GetEndpointsResponse.class,
            EndpointDescription.class,
            ApplicationDescription.class,
            UserTokenPolicy.class);

    private final DataTypeManager all;
    private final Set<Class<?>> known;
    private final Map<Class<?>, Reading<?>> ours;
    /** The last notification that was heard; written by the one thread that reads this session. */
    private volatile long last;

    private volatile boolean inSession;
    private volatile Optional<String> refused = Optional.empty();
    private volatile Consumer<String> told = why -> {};

    private KnownAnswers(DataTypeManager all, Set<Class<?>> known, boolean session) {
        this.all = all;
        this.known = known;
        this.ours = session
                ? Map.of(
                        ReadResponse.class, KnownAnswers::values,
                        CallMethodResult.class, KnownAnswers::outputs,
                        EventFieldList.class, KnownAnswers::fields,
                        PublishResponse.class, this::published,
                        NotificationMessage.class, this::notified)
                : Map.of();
    }

    /** What a pump may say in a session and on the way to it. */
    static KnownAnswers inASession(DataTypeManager all) {
        return new KnownAnswers(all, HEARD, true);
    }

    /** What may be said to who asks, without security, which endpoints there are. */
    static KnownAnswers beforeASession(DataTypeManager all) {
        return new KnownAnswers(all, BEFORE, false);
    }

    /** Reads one type, with the stack's own codec at hand. */
    private interface Reading<T extends UaStructuredType> {
        T read(EncodingContext context, UaDecoder in, DataTypeCodec stacks);
    }

    /** The first reason why something was refused; empty while nothing was. */
    Optional<String> refused() {
        return refused;
    }

    /** Whether the pump has made a session, which it says over its own signed channel. */
    boolean isInSession() {
        return inSession;
    }

    /** Whoever is to be told of each refusal from now on. */
    void tell(Consumer<String> listener) {
        told = listener;
    }

    @Override
    public @Nullable DataTypeCodec getCodec(NodeId id) {
        var codec = all.getCodec(id);
        return codec == null ? null : new Heard(codec);
    }

    /** Writes everything, and reads what a pump may say. */
    private final class Heard implements DataTypeCodec {
        private final DataTypeCodec stacks;

        Heard(DataTypeCodec stacks) {
            this.stacks = stacks;
        }

        @Override
        public Class<?> getType() {
            return stacks.getType();
        }

        @Override
        public UaStructuredType decode(EncodingContext context, UaDecoder in) {
            try {
                var reading = ours.get(getType());
                if (reading == null && !known.contains(getType())) {
                    throw PlainValues.refusal("a " + getType().getSimpleName() + ", which is no answer");
                }
                var answer = reading == null ? stacks.decode(context, in) : reading.read(context, in, stacks);
                inSession |= answer instanceof CreateSessionResponse;
                return answer;
            } catch (RuntimeException e) {
                refuse(e);
                throw e;
            }
        }

        @Override
        public void encode(EncodingContext context, UaEncoder out, UaStructuredType value) {
            stacks.encode(context, out, value);
        }
    }

    private void refuse(RuntimeException why) {
        var reason = "the pump said what cannot be read: "
                + (why instanceof UaSerializationException ? why.getMessage() : "a broken message");
        refused = Optional.of(refused.orElse(reason));
        told.accept(reason);
    }

    private static ReadResponse values(EncodingContext context, UaDecoder in, DataTypeCodec stacks) {
        return new ReadResponse(
                (ResponseHeader) in.decodeStruct("ResponseHeader", ResponseHeader.TYPE_ID),
                PlainValues.dataValues(in),
                in.decodeDiagnosticInfoArray("DiagnosticInfos"));
    }

    private static CallMethodResult outputs(EncodingContext context, UaDecoder in, DataTypeCodec stacks) {
        return new CallMethodResult(
                in.decodeStatusCode("StatusCode"),
                in.decodeStatusCodeArray("InputArgumentResults"),
                in.decodeDiagnosticInfoArray("InputArgumentDiagnosticInfos"),
                PlainValues.variants(in));
    }

    private static EventFieldList fields(EncodingContext context, UaDecoder in, DataTypeCodec stacks) {
        return new EventFieldList(in.decodeUInt32("ClientHandle"), PlainValues.variants(in));
    }

    private PublishResponse published(EncodingContext context, UaDecoder in, DataTypeCodec stacks) {
        var response = (PublishResponse) stacks.decode(context, in);
        var kept = response.getAvailableSequenceNumbers();
        if (kept != null && kept.length > MOST_KEPT) {
            throw PlainValues.refusal(kept.length + " notifications that it keeps");
        }
        return response;
    }

    private NotificationMessage notified(EncodingContext context, UaDecoder in, DataTypeCodec stacks) {
        var message = (NotificationMessage) stacks.decode(context, in);
        var number = message.getSequenceNumber().longValue();
        if (number > last + MOST_MISSED) {
            throw PlainValues.refusal("notification " + number + " after " + last);
        }
        last = Math.max(last, number);
        return message;
    }

    @Override
    public void registerType(
            NodeId type, DataTypeCodec codec, @Nullable NodeId binary, @Nullable NodeId xml, @Nullable NodeId json) {
        all.registerType(type, codec, binary, xml, json);
    }

    @Override
    public @Nullable NodeId getBinaryEncodingId(NodeId type) {
        return all.getBinaryEncodingId(type);
    }

    @Override
    public @Nullable NodeId getXmlEncodingId(NodeId type) {
        return all.getXmlEncodingId(type);
    }

    @Override
    public @Nullable NodeId getJsonEncodingId(NodeId type) {
        return all.getJsonEncodingId(type);
    }

    @Override
    public @Nullable DataTypeDictionary getTypeDictionary(String namespace) {
        return all.getTypeDictionary(namespace);
    }

    @Override
    public void registerTypeDictionary(DataTypeDictionary dictionary) {
        all.registerTypeDictionary(dictionary);
    }
}
