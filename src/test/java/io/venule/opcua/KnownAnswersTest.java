package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pump may say in an open session, and what ends it. Threat T-29. */
class KnownAnswersTest {
    private static final ResponseHeader HEADER =
            new ResponseHeader(DateTime.NULL_VALUE, uint(7), StatusCode.GOOD, null, new String[0], null);
    private static final RequestHeader ASKED =
            new RequestHeader(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(7), uint(0), null, uint(0), null);

    private final DefaultEncodingContext whole = new DefaultEncodingContext();
    private final KnownAnswers answers = KnownAnswers.inASession(whole.getDataTypeManager());

    private UaMessageType heard(UaMessageType said) {
        return heard(said, answers);
    }

    private UaMessageType heard(ByteBuf said) {
        return heard(said, answers);
    }

    private static UaMessageType heard(ByteBuf said, KnownAnswers by) {
        var context = new DefaultEncodingContext() {
            @Override
            public DataTypeManager getDataTypeManager() {
                return by;
            }
        };
        return new OpcUaBinaryDecoder(context).setBuffer(said).decodeMessage(null);
    }

    private static CallResponse outputs(Variant... outputs) {
        var result = new CallMethodResult(StatusCode.GOOD, new StatusCode[0], new DiagnosticInfo[0], outputs);
        return new CallResponse(HEADER, new CallMethodResult[] {result}, new DiagnosticInfo[0]);
    }

    private static PublishResponse notification(long number, int kept) {
        var numbers = IntStream.range(0, kept).mapToObj(i -> uint(i)).toArray(UInteger[]::new);
        return new PublishResponse(
                HEADER,
                uint(1),
                numbers,
                false,
                new NotificationMessage(uint(number), DateTime.NULL_VALUE, null),
                new StatusCode[0],
                new DiagnosticInfo[0]);
    }

    @Test
    void what_the_contract_has_is_heard_as_it_was_said() {
        var said = outputs(
                Variant.NULL_VALUE,
                Variant.of(true),
                Variant.of(ubyte(7)),
                Variant.of(ushort(7)),
                Variant.of(-7),
                Variant.of(uint(7)),
                Variant.of(-7L),
                Variant.of("seven"),
                Variant.of(new DateTime(7)),
                Variant.of(ByteString.of(new byte[] {7})),
                Variant.of(StatusCode.GOOD),
                Variant.of(new LocalizedText("de", "sieben")),
                Variant.of(LocalizedText.NULL_VALUE),
                Variant.of(new String[] {"seven", null, ""}),
                Variant.of(new ByteString[] {ByteString.of(new byte[] {7}), ByteString.NULL_VALUE}));
        var values = new ReadResponse(
                HEADER,
                new DataValue[] {
                    new DataValue(
                            Variant.of("seven"),
                            StatusCode.GOOD,
                            new DateTime(1),
                            ushort(2),
                            new DateTime(3),
                            ushort(4)),
                    new DataValue(Variant.NULL_VALUE, StatusCode.BAD, null)
                },
                null);

        assertThat(((CallResponse) heard(said)).getResults()).isEqualTo(said.getResults());
        assertThat(((ReadResponse) heard(values)).getResults())
                .isEqualTo(((ReadResponse) plainly(values)).getResults());
        assertThat(answers.refused()).isEmpty();
    }

    @Test
    void who_is_asked_for_endpoints_may_answer_that_and_nothing_of_a_session() {
        var before = KnownAnswers.beforeASession(whole.getDataTypeManager());
        var endpoints = new GetEndpointsResponse(HEADER, new EndpointDescription[0]);

        assertThat(((GetEndpointsResponse) heard(endpoints, before)).getEndpoints())
                .isEmpty();
        for (var said : List.of(outputs(), notification(1, 0), new ReadResponse(HEADER, null, null))) {
            assertThatThrownBy(() -> heard(said, before)).isInstanceOf(UaSerializationException.class);
        }
        assertThatThrownBy(() -> heard(endpoints)).isInstanceOf(UaSerializationException.class);
    }

    private UaMessageType heard(UaMessageType said, KnownAnswers by) {
        var buffer = Unpooled.buffer();
        new OpcUaBinaryEncoder(whole).setBuffer(buffer).encodeMessage(null, said);
        return heard(buffer, by);
    }

    private UaMessageType plainly(UaMessageType said) {
        var buffer = Unpooled.buffer();
        new OpcUaBinaryEncoder(whole).setBuffer(buffer).encodeMessage(null, said);
        return new OpcUaBinaryDecoder(whole).setBuffer(buffer).decodeMessage(null);
    }

    static Stream<Variant> strange() {
        return Stream.of(
                Variant.of((byte) 7),
                Variant.of((short) 7),
                Variant.of(7.0),
                Variant.of(7.0f),
                Variant.of(new NodeId(0, 7)),
                Variant.of(new Integer[] {7}),
                Variant.of(new Variant[] {Variant.of(7)}),
                Variant.of(new Matrix(new String[] {"seven"}, new int[] {1, 1}, OpcUaDataType.String)),
                Variant.of(new DataValue(Variant.of(7))));
    }

    @ParameterizedTest
    @MethodSource("strange")
    void a_value_of_any_other_kind_is_refused(Variant value) {
        assertThatThrownBy(() -> heard(outputs(value)))
                .isInstanceOf(UaSerializationException.class)
                .hasMessageContaining("a kind that the contract does not have");
    }

    static Stream<UaMessageType> noAnswers() {
        var call = new CallMethodRequest(new NodeId(0, 1), new NodeId(0, 2), new Variant[] {Variant.of(7)});
        return Stream.of(
                new CallRequest(ASKED, new CallMethodRequest[] {call}), new HistoryReadResponse(HEADER, null, null));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void a_message_that_answers_nothing_is_refused_by_its_name_unread(UaMessageType message) {
        assertThatThrownBy(() -> heard(message))
                .isInstanceOf(UaSerializationException.class)
                .hasMessage("a " + message.getClass().getSimpleName() + ", which is no answer");
    }

    @ParameterizedTest
    @ValueSource(ints = {PlainValues.MOST_VALUES - 1, PlainValues.MOST_VALUES, PlainValues.MOST_VALUES + 1})
    void outputs_are_few(int count) {
        var said = outputs(Collections.nCopies(count, Variant.of(7)).toArray(Variant[]::new));

        isHeardIf(count <= PlainValues.MOST_VALUES, said, "a list of length " + count);
    }

    @ParameterizedTest
    @ValueSource(ints = {PlainValues.MOST_ELEMENTS - 1, PlainValues.MOST_ELEMENTS, PlainValues.MOST_ELEMENTS + 1})
    void a_list_has_an_end(int count) {
        var said = outputs(Variant.of(Collections.nCopies(count, "").toArray(String[]::new)));

        isHeardIf(count <= PlainValues.MOST_ELEMENTS, said, "a list of length " + count);
    }

    @ParameterizedTest
    @ValueSource(ints = {KnownAnswers.MOST_KEPT - 1, KnownAnswers.MOST_KEPT, KnownAnswers.MOST_KEPT + 1})
    void a_pump_keeps_so_many_notifications(int count) {
        isHeardIf(count <= KnownAnswers.MOST_KEPT, notification(1, count), count + " notifications that it keeps");
    }

    @ParameterizedTest
    @ValueSource(ints = {KnownAnswers.MOST_MISSED - 1, KnownAnswers.MOST_MISSED, KnownAnswers.MOST_MISSED + 1})
    void so_many_notifications_may_be_missing(int missing) {
        heard(notification(40, 0));
        heard(notification(39, 0));

        isHeardIf(
                missing <= KnownAnswers.MOST_MISSED,
                notification(40 + missing, 0),
                "notification " + (40 + missing) + " after 40");
    }

    @Test
    void the_first_reason_is_remembered_and_every_one_is_told() {
        var told = new ArrayList<String>();
        answers.tell(told::add);

        assertThatThrownBy(() -> heard(notification(UInteger.MAX_VALUE, 0))).isNotNull();
        assertThatThrownBy(() -> heard(outputs(Variant.of(7.0)))).isNotNull();

        assertThat(answers.refused()).contains("the pump said what cannot be read: notification 4294967295 after 0");
        assertThat(told).startsWith(answers.refused().orElseThrow()).anyMatch(why -> why.contains("a kind"));
    }

    @Test
    void a_message_that_ends_in_the_middle_is_refused() {
        var buffer = Unpooled.buffer();
        new OpcUaBinaryEncoder(whole).setBuffer(buffer).encodeMessage(null, outputs(Variant.of("seven")));
        buffer.writerIndex(buffer.writerIndex() - 6);

        assertThatThrownBy(() -> heard(buffer)).isNotNull();
        assertThat(answers.refused()).contains("the pump said what cannot be read: a broken message");
    }

    private void isHeardIf(boolean good, UaMessageType said, String why) {
        if (good) {
            assertThatCode(() -> heard(said)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> heard(said)).hasMessage(why);
        }
    }
}
