import Kit
import Shared

/// The bodies of interaction callbacks.
enum Callback {
    private static let ephemeral: JSON = 64

    /// "Is being worked on": a new answer that is to come, or a message that will be changed.
    static func acknowledge(isEphemeral: Bool, updates: Bool) -> JSON {
        if updates { return ["type": 6] }
        return isEphemeral ? ["type": 5, "data": ["flags": ephemeral]] : ["type": 5]
    }

    static func message(_ answer: Answer) -> JSON {
        var data =
            answer.replaces
            ? MessageBody.patch(answer.card, mentions: answer.mentions, files: answer.files)
            : MessageBody.new(answer.card, mentions: answer.mentions, files: answer.files)
        if answer.isEphemeral, !answer.replaces { data["flags"] = ephemeral }
        return ["type": answer.replaces ? 7 : 4, "data": .object(data)]
    }

    static func completion(_ choices: [Choice]) -> JSON {
        let shown = choices.prefix(25).filter { !$0.value.isEmpty && Clipping.count($0.value) <= 100 }
        let drawn: [JSON] = shown.map { choice in
            let label = Clipping.clip(choice.label, units: 100)
            return ["name": .string(label.isEmpty ? choice.value : label), "value": .string(choice.value)]
        }
        return ["type": 8, "data": ["choices": .array(drawn)]]
    }

    static func form(_ form: Form) -> JSON {
        [
            "type": 9,
            "data": [
                "custom_id": .string(String(form.row)), "title": .string(Clipping.clip(form.title, units: 45)),
                "components": .array(form.fields.prefix(5).map(label)),
            ],
        ]
    }

    private static func label(_ field: Form.Field) -> JSON {
        let label = Clipping.clip(field.label, units: 45)
        return .fields([
            "type": 18, "label": .string(label.isEmpty ? field.name : label),
            "description": field.hint.isEmpty ? nil : .string(Clipping.clip(field.hint, units: 100)),
            "component": field.choices.isEmpty ? line(field) : list(field),
        ])
    }

    private static func line(_ field: Form.Field) -> JSON {
        let longest = min(max(field.longest, 1), 4_000)
        return .fields([
            "type": 4, "custom_id": .string(field.name), "style": field.isLong ? 2 : 1,
            "value": field.value.isEmpty ? nil : .string(Clipping.clip(field.value, units: longest)),
            "required": .bool(field.isRequired), "max_length": .int(Int64(longest)),
        ])
    }

    private static func list(_ field: Form.Field) -> JSON {
        let choices = field.choices.prefix(25)
        return .fields([
            "type": 3, "custom_id": .string(field.name), "required": .bool(field.isRequired),
            "min_values": field.isRequired ? 1 : 0, "max_values": .int(Int64(min(max(field.most, 1), choices.count))),
            "options": .array(
                choices.map { choice in
                    .fields([
                        "label": .string(Clipping.clip(choice.label, units: 100)), "value": .string(choice.value),
                        "default": choice.value == field.value ? true : nil,
                    ])
                }),
        ])
    }
}
