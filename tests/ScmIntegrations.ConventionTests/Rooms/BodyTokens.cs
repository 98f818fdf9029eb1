using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScmIntegrations.ConventionTests.Rooms;

/// <summary>Reads the metadata tokens out of a method body's instructions (ECMA-335, III).</summary>
public static class BodyTokens
{
    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    public static IEnumerable<EntityHandle> Read(byte[] instructions)
    {
        for (var position = 0; position < instructions.Length;)
        {
            ushort value = instructions[position++];
            if (value == 0xFE)
            {
                value = (ushort)((value << 8) | instructions[position++]);
            }

            var code = OpCodesByValue[value];
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineSig)
            {
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(instructions, position));
            }

            position += OperandLength(code.OperandType, instructions, position);
        }
    }

    private static int OperandLength(OperandType operand, byte[] instructions, int position) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, position)),
        _ => 4,
    };
}
