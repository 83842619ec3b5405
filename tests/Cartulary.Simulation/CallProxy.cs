using System.Reflection;

namespace Cartulary.Simulation;

/// <summary>Stands in for a port: passes every call on, and changes what comes back.</summary>
public class CallProxy : DispatchProxy
{
    private object? _inner;
    private Func<MethodInfo, object?, object?>? _change;

    public static T Around<T>(T inner, Func<MethodInfo, object?, object?> change)
        where T : class
    {
        var proxy = Create<T, CallProxy>();
        var self = (CallProxy)(object)proxy;
        self._inner = inner;
        self._change = change;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _change!(targetMethod!, targetMethod!.Invoke(_inner, args));
}
