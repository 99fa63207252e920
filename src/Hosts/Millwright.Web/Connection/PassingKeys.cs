using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Millwright.Web.Connection;

/// <summary>Keeps the framework's protection keys in memory: nothing on these pages outlives the server, so nothing is left in the user's home.</summary>
internal sealed class PassingKeys : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _elements = [];

    public static void Configure(IServiceCollection services) => services.Configure<KeyManagementOptions>(keys =>
    {
        keys.XmlRepository = new PassingKeys();
        keys.XmlEncryptor = new NullXmlEncryptor();
    });

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _elements];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _elements.Add(element);
        }
    }
}
